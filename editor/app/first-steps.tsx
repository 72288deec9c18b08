/** What comes after the first account; nothing here asks the engine, since nobody is signed in yet. */
export const FirstSteps = () => (
  <section className="first-steps" aria-label="What comes next">
    <h2>Then, in three minutes</h2>
    <ol>
      <li>
        <h3>Call the example</h3>
        <p>
          There is an example, a server named <code>hello</code>. The terminal in which Sluice was started shows its
          address, and the line to try.
        </p>
        <pre>{'curl "http://127.0.0.1:PORT/hello?name=World"'}</pre>
      </li>
      <li>
        <h3>Tell a node to log</h3>
        <p>
          Any node, while it runs: open its menu and choose <b>Log This Action</b>. No restart, no lost request.
        </p>
      </li>
      <li>
        <h3>See what happened</h3>
        <p>Call it again. Every record leads back to its node.</p>
        <pre>
          {'greet begin {"array":["Hello","World"],"delimiter":" "}\ngreet end "Hello World"\nGET /hello 200, 25 B out'}
        </pre>
      </li>
    </ol>
  </section>
);
