// One script for the page; the styles of the chat travel inside it, because they live in its shadow root.
import { build } from "esbuild";

await build({
  entryPoints: { page: "src/page.ts" },
  outdir: "../web/static/dist",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "safari16"],
  loader: { ".css": "text" },
  plugins: [
    {
      // Text, yet minified: comments and blanks of the styles need not reach the customer.
      name: "css-text",
      setup({ onLoad, esbuild }) {
        onLoad({ filter: /\.css$/ }, async ({ path }) => {
          const result = await esbuild.build({ entryPoints: [path], minify: true, write: false, target: ["safari16"] });
          return { contents: result.outputFiles[0].text, loader: "text" };
        });
      },
    },
  ],
  legalComments: "none",
  logLevel: "warning",
});
