import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/layers.css';
import { App } from './app.tsx';
import { allowStyles } from './style-nonce.ts';
import { applyTheme } from './theme.ts';

allowStyles();
applyTheme();
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
