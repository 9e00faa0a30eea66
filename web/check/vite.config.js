import { resolve } from 'node:path';
import { defineConfig } from 'vite';

// One script and one style sheet with the fonts inside, so that a page without a server can load them.
export default defineConfig({
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: resolve(import.meta.dirname, '../dist/check'),
    emptyOutDir: true,
    assetsInlineLimit: Infinity,
    chunkSizeWarningLimit: 4000,
    lib: {
      entry: resolve(import.meta.dirname, 'main.js'),
      name: 'oneseal',
      formats: ['iife'],
      fileName: () => 'check.js',
      cssFileName: 'check'
    }
  }
});
