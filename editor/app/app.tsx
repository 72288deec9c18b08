import { useState } from 'react';
import { forgetToken, storedToken, storeToken } from '../api/session.ts';
import { SignIn } from './sign-in.tsx';
import { Workspace } from './workspace.tsx';

/** The editor: a form until there is a token, then the workspace. */
export function App() {
  const [token, setToken] = useState(storedToken);
  const [note, setNote] = useState<string | null>(null);
  if (token === null) {
    return (
      <SignIn
        note={note}
        onSignedIn={(next) => {
          storeToken(next);
          setNote(null);
          setToken(next);
        }}
      />
    );
  }
  return (
    <Workspace
      token={token}
      onSignedOut={(reason) => {
        forgetToken();
        setNote(reason);
        setToken(null);
      }}
    />
  );
}
