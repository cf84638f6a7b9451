// One script tag on any website: the launcher in its corner, and window.smelt for the site. See docs/widget.md.
import { Launcher } from "./chat/launcher";
import { memory } from "./chat/memory";
import { server } from "./chat/server";
import type { Wish } from "./chat/theme";
import { choose, languages } from "./i18n";

interface Events {
  unread: (count: number) => void;
  opened: () => void;
  closed: () => void;
}

interface Smelt {
  open(): void;
  close(): void;
  /** A token of the website: who the visitor is. */
  signIn(token: string): void;
  signOut(): void;
  setLanguage(code: string): void;
  /** Hear what happens. Returns how to stop hearing. */
  on<Name extends keyof Events>(name: Name, hear: Events[Name]): () => void;
}

declare global {
  interface Window {
    smelt?: Smelt;
  }
}

/**
 * Put the launcher on the page and keep it there when the page changes its body for another, as Turbo and its like do,
 * or empties it. A page that takes away the launcher alone means that.
 */
function stay(launcher: Launcher): void {
  const seen = new MutationObserver((changes) => {
    const gone = changes.flatMap(({ removedNodes }) => [...removedNodes]);
    if (!launcher.isConnected && gone.some((node) => node !== launcher)) document.body?.append(launcher);
    watchBody();
  });
  function watchBody(): void {
    seen.disconnect();
    for (const place of [document, document.documentElement, document.body]) if (place) seen.observe(place, { childList: true });
  }
  document.body.append(launcher);
  watchBody();
}

function begin(script: HTMLScriptElement | null): Smelt {
  server.at(script?.dataset["server"] ?? script?.src);
  const wished = [memory.language, script?.dataset["language"], document.documentElement.lang, ...navigator.languages];
  const launcher = new Launcher();
  launcher.language = choose(wished.filter((wish): wish is string => Boolean(wish)));
  launcher.theme = (script?.dataset["theme"] ?? "auto") as Wish;
  if (document.body) stay(launcher);
  else addEventListener("DOMContentLoaded", () => stay(launcher));
  return {
    open: () => void launcher.open(),
    close: () => launcher.close(),
    signIn: (token) => launcher.signIn(token),
    signOut: () => launcher.signOut(),
    setLanguage: (code) => {
      if (languages.includes(code)) launcher.language = code;
    },
    on: (name, hear) => {
      const pass = (event: Event): void => (hear as (detail: unknown) => void)((event as CustomEvent).detail);
      launcher.addEventListener(name, pass);
      return () => launcher.removeEventListener(name, pass);
    },
  };
}

// Twice on a page is once. A script that came as a module has no currentScript; it is found by its name.
window.smelt ??= begin(
  (document.currentScript ?? document.querySelector('script[src*="widget.js"]')) as HTMLScriptElement | null,
);
