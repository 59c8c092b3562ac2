// Builds styles and script into static/built: hashed names, a manifest, and a .br and .gz beside each file.
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import rtlcss from 'rtlcss'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const built = join(here, 'built')
const modules = join(here, 'node_modules')

const styles = {
  name: 'scss',
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      contents: sass.compile(path, { loadPaths: [modules], quietDeps: true }).css,
      loader: 'css',
      resolveDir: here
    }))
  }
}

async function bundle() {
  const result = await esbuild.build({
    entryPoints: ['styles/portal.scss', 'script/portal.js', 'images/favicon.svg'].map((name) => join(here, name)),
    outdir: built,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    legalComments: 'none',
    loader: { '.woff2': 'file', '.svg': 'copy' },
    plugins: [styles],
    metafile: true
  })
  return Object.keys(result.metafile.outputs).map((path) => basename(path))
}

// For languages that are read from right to left: the same styles with left and right changed over, the component
// library's too. What says `direction` means it.
const keepDirection = {
  name: 'keep-direction',
  priority: 1,
  directives: { control: {}, value: [] },
  processors: [{ name: 'direction', expr: /^direction$/, action: (prop, value) => ({ prop, value }) }]
}

async function mirrored(name) {
  const css = rtlcss.process(await readFile(join(built, name), 'utf8'), {}, [keepDirection])
  const hash = createHash('sha256').update(css).digest('hex').slice(0, 8).toUpperCase()
  await writeFile(join(built, `portal-rtl-${hash}.css`), css)
  return `portal-rtl-${hash}.css`
}

const plainName = (name) => name.replace(/-[0-9A-Z]{8}(?=\.\w+$)/, '')

async function compress(name) {
  if (name.endsWith('.woff2')) return // already compressed
  const bytes = await readFile(join(built, name))
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  await writeFile(join(built, `${name}.br`), brotliCompressSync(bytes, quality))
  await writeFile(join(built, `${name}.gz`), gzipSync(bytes, { level: 9 }))
}

// The folder itself stays, so that a server that is running keeps its watch on it; so do the fonts of printed letters,
// which are not made here.
await mkdir(built, { recursive: true })
for (const old of await readdir(built)) if (old !== 'fonts') await rm(join(built, old), { recursive: true })
const names = await bundle()
names.push(await mirrored(names.find((name) => name.endsWith('.css'))))
await Promise.all(names.map(compress))
const manifest = Object.fromEntries(names.map((name) => [plainName(name), name]).sort())
await writeFile(join(built, 'manifest.json'), JSON.stringify(manifest, null, 2))
