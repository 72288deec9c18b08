// The least a server can do: node:http, the query parsed, JSON answered.
import http from 'node:http';

http
  .createServer((request, response) => {
    const url = new URL(request.url, 'http://x');
    if (url.pathname !== '/hello') {
      response.writeHead(404);
      response.end();
      return;
    }
    const body = JSON.stringify({ message: `Hello ${url.searchParams.get('name')}` });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
