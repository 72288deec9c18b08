// The same as raw.mjs, the way most would write it.
import express from 'express';

const app = express();
app.get('/hello', (request, response) => response.json({ message: `Hello ${request.query.name}` }));
app.listen(Number(process.env.PORT), '127.0.0.1');
