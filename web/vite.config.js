import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

const out = resolve(import.meta.dirname, '../service/pages/static/dist');
const parts = ['shell', 'diagram', 'form'];

// Beside each text file its gzip, so that the service sends the small one without computing anything.
const packed = {
  name: 'oneseal-packed',
  closeBundle() {
    for (const name of readdirSync(out).filter((name) => /\.(js|css|svg)$/.test(name))) {
      const path = join(out, name);
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
    }
  }
};

// One folder here is one part of a page. The names carry a digest of the content, and the manifest tells the pages which is which.
export default defineConfig({
  base: '/static/dist/',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [packed],
  build: {
    outDir: out,
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsDir: '',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: Object.fromEntries(parts.map((part) => [part, resolve(import.meta.dirname, part, 'main.js')]))
    }
  }
});
