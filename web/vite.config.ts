import { defineConfig } from 'vitest/config';

// The API serves the built pages; while they are written, Vite passes /v1 on to it.
export default defineConfig({
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome123', 'firefox120', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0, // the content security policy allows no data: address
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // A page's file bears the page's name, so that its weight can be watched.
        chunkFileNames: ({ facadeModuleId, name }) =>
          `assets/${facadeModuleId?.match(/pages\/(\w+)\/Page/)?.[1] ?? name}-[hash].js`,
      },
    },
  },
  test: { environment: 'happy-dom', include: ['tests/unit/**/*.test.{ts,tsx}'] },
  server: { proxy: { '/v1': 'http://127.0.0.1:8000' } },
});
