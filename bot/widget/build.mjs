// One script for the page, one for other people's websites; the styles travel inside them, because they live in shadow
// roots.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";

/**
 * A rem is the host page's to set, so ours are lengths of our own (see src/chat/theme.ts). In the conditions of media
 * queries a rem is the visitor's setting, which no page can change: those stay.
 */
const ownLengths = (css) =>
  css.replace(/^(?!\s*@).*$/gm, (line) => line.replace(/(-?\d*\.?\d+)rem\b/g, "calc($1 * var(--smelt-rem))"));

/** Parts of the socket library that are never reached: a third transport, and packets of bytes; ours are text. */
const UNUSED = {
  "engine.io-client/build/esm/transports/webtransport.js": "export const WT = undefined;",
  "socket.io-parser/build/esm/binary.js": "export const deconstructPacket = undefined, reconstructPacket = undefined;",
  "socket.io-parser/build/esm/is-binary.js": "export const isBinary = () => false, hasBinary = () => false;",
};

/** The line breaks of templates are for those who write them; between two tags they are nothing, elsewhere a blank. */
const squeezed = (source) => source.replace(/>\n\s+</g, "><").replace(/\n\s+(?=[.@?]?[\w-]+=[$"])/g, " ");

/**
 * The one Trusted Types policy, named as docs/widget.md says and not «lit-html», which other scripts of a page may have
 * made. A page that names others, but does not require them, is served without.
 */
const LIT_POLICY = 's.createPolicy("lit-html",{createHTML:t=>t})';
const OUR_POLICY = '(r=>{try{return s.createPolicy("smelt",r)}catch{return r}})({createHTML:t=>t})';

/** A second tag does nothing: neither its elements nor its policy could be made again. */
const ONCE = { banner: { js: 'if(!customElements.get("smelt-launcher")){' }, footer: { js: "}" } };

const forCustomers = {
  outdir: "../web/static/dist",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "safari16.4"],
  loader: { ".css": "text" },
  plugins: [
    {
      name: "unused",
      setup({ onLoad }) {
        onLoad({ filter: /(webtransport|binary)\.js$/ }, ({ path }) => {
          const found = Object.entries(UNUSED).find(([end]) => path.replaceAll("\\", "/").endsWith(end));
          return found && { contents: found[1] };
        });
      },
    },
    {
      name: "trusted",
      setup({ onLoad }) {
        onLoad({ filter: /lit-html[\\/]lit-html\.js$/ }, async ({ path }) => {
          const source = await readFile(path, "utf8");
          if (!source.includes(LIT_POLICY)) throw new Error("lit-html makes its policy in another way now");
          return { contents: source.replace(LIT_POLICY, OUR_POLICY) };
        });
      },
    },
    {
      name: "templates",
      setup({ onLoad }) {
        onLoad({ filter: /src[\\/]chat[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
          contents: squeezed(await readFile(path, "utf8")),
          loader: "ts",
        }));
      },
    },
    {
      // Text, yet minified: comments and blanks of the styles need not reach the customer.
      name: "css-text",
      setup({ onLoad, esbuild }) {
        onLoad({ filter: /\.css$/ }, async ({ path }) => {
          const contents = ownLengths(await readFile(path, "utf8"));
          const result = await esbuild.build({
            stdin: { contents, loader: "css" },
            minify: true,
            write: false,
            target: ["safari16.4"],
          });
          return { contents: result.outputFiles[0].text, loader: "text" };
        });
      },
    },
  ],
  legalComments: "none",
  logLevel: "warning",
};
await build({ ...forCustomers, entryPoints: { page: "src/page.ts" } });
await build({ ...forCustomers, ...ONCE, entryPoints: { widget: "src/widget.ts" } });

// The desk is a page of its own: its styles are a file, Designsystemet's and ours in one.
await build({
  entryPoints: { desk: "src/desk/desk.ts" },
  outdir: "../web/static/dist",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "safari16.4"],
  legalComments: "none",
  logLevel: "warning",
});
await build({
  entryPoints: { desk: "src/desk/css/desk.css" },
  outdir: "../web/static/dist",
  bundle: true,
  minify: true,
  target: ["safari16.4"],
  logLevel: "warning",
});
