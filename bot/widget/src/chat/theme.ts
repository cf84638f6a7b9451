// Light or dark: as the visitor's system wants it, or as the website says. A class, so that no page's CSS decides.

export type Wish = "auto" | "light" | "dark";

const system = matchMedia("(prefers-color-scheme: dark)");

/**
 * Lengths in the styles are written in rem and built as multiples of `--smelt-rem`, which is a length of ours: a host
 * page may set its own rem to anything. A browser that cannot register it reads `1em`, which is nearly as good.
 */
try {
  CSS.registerProperty({ name: "--smelt-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
} catch {
  // Registered already, or unknown to this browser.
}

/** The classes of an outermost element. */
export function classes(wish: Wish): string {
  return (wish === "auto" ? system.matches : wish === "dark") ? "smelt dark" : "smelt";
}

/** Hear that the system changed its mind. Returns how to stop hearing. */
export function onChange(redraw: () => void): () => void {
  system.addEventListener("change", redraw);
  return () => system.removeEventListener("change", redraw);
}
