// What the browser remembers, and only once the visitor has used the chat: before that, reading finds nothing and
// nobody writes. A signed-in visit lives in the tab's storage and is gone with the tab; an anonymous one survives it.

export interface Visitor {
  token: string;
  name: string;
  company: string;
}

const CONVERSATION = "smelt.conversation";
const VISITOR = "smelt.visitor";
const LANGUAGE = "smelt.language";

/** A browser may forbid storage altogether; the chat then works until the page is left. */
function attempt<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}

function shelf(): Storage {
  return sessionStorage.getItem(VISITOR) === null ? localStorage : sessionStorage;
}

export const memory = {
  get conversation(): string | null {
    return attempt(() => shelf().getItem(CONVERSATION));
  },

  set conversation(token: string | null) {
    attempt(() => (token === null ? shelf().removeItem(CONVERSATION) : shelf().setItem(CONVERSATION, token)));
  },

  get visitor(): Visitor | null {
    return attempt(() => JSON.parse(sessionStorage.getItem(VISITOR) ?? "null") as Visitor | null);
  },

  /** Signing in takes an anonymous conversation along into the tab; signing out forgets it. */
  set visitor(visitor: Visitor | null) {
    attempt(() => {
      const begun = visitor === null ? null : shelf().getItem(CONVERSATION);
      localStorage.removeItem(CONVERSATION);
      sessionStorage.removeItem(CONVERSATION);
      sessionStorage.removeItem(VISITOR);
      if (visitor !== null) sessionStorage.setItem(VISITOR, JSON.stringify(visitor));
      if (begun !== null) sessionStorage.setItem(CONVERSATION, begun);
    });
  },

  get language(): string | null {
    return attempt(() => localStorage.getItem(LANGUAGE));
  },

  set language(language: string | null) {
    attempt(() => localStorage.setItem(LANGUAGE, language ?? ""));
  },
};
