import { defineConfig } from 'vite';

// Addresses are relative to <base>, which the server writes: a proxy may serve the pages below a path.
export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});
