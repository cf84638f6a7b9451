// What the browser remembers, and only once the visitor has used the chat: before that, reading finds nothing and
// nobody writes. A signed-in visit lives in the tab's storage and is gone with the tab; an anonymous one survives it.

export interface Visitor {
  token: string;
  /** Known once the server has said it. */
  name?: string;
  company?: string;
}

const CONVERSATION = "smelt.conversation";
const VISITOR = "smelt.visitor";
const LANGUAGE = "smelt.language";
/** The last message that was on the screen. */
const SEEN = "smelt.seen";
/** Set once the visitor was asked for a rating. */
const ASKED = "smelt.asked";
const OF_CONVERSATION = [CONVERSATION, SEEN, ASKED];

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

function put(key: string, value: string | null): void {
  attempt(() => (value === null ? shelf().removeItem(key) : shelf().setItem(key, value)));
}

export const memory = {
  get conversation(): string | null {
    return attempt(() => shelf().getItem(CONVERSATION));
  },

  /** Without a conversation there is nothing to remember of it either. */
  set conversation(token: string | null) {
    if (token === null) OF_CONVERSATION.forEach((key) => put(key, null));
    else put(CONVERSATION, token);
  },

  get seen(): number {
    return Number(attempt(() => shelf().getItem(SEEN))) || 0;
  },

  set seen(seq: number) {
    if (memory.conversation !== null) put(SEEN, String(seq));
  },

  get asked(): boolean {
    return attempt(() => shelf().getItem(ASKED)) !== null;
  },

  set asked(asked: boolean) {
    put(ASKED, asked ? "1" : null);
  },

  get visitor(): Visitor | null {
    return attempt(() => JSON.parse(sessionStorage.getItem(VISITOR) ?? "null") as Visitor | null);
  },

  /** Signing in takes an anonymous conversation along into the tab; signing out forgets it. */
  set visitor(visitor: Visitor | null) {
    attempt(() => {
      const begun = visitor === null ? [] : OF_CONVERSATION.map((key) => [key, shelf().getItem(key)] as const);
      for (const key of OF_CONVERSATION) {
        localStorage.removeItem(key);
        sessionStorage.removeItem(key);
      }
      sessionStorage.removeItem(VISITOR);
      if (visitor !== null) sessionStorage.setItem(VISITOR, JSON.stringify(visitor));
      for (const [key, value] of begun) if (value !== null) sessionStorage.setItem(key, value);
    });
  },

  get language(): string | null {
    return attempt(() => localStorage.getItem(LANGUAGE));
  },

  set language(language: string | null) {
    attempt(() => (language === null ? localStorage.removeItem(LANGUAGE) : localStorage.setItem(LANGUAGE, language)));
  },

  /** Hear when another tab begins or leaves the conversation, or has read on. Returns how to stop hearing. */
  watch(conversation: (token: string | null) => void, seen: (seq: number) => void): () => void {
    const hear = ({ key, newValue, storageArea }: StorageEvent): void => {
      if (attempt(() => storageArea !== shelf()) !== false) return;
      if (key === CONVERSATION || key === null) conversation(newValue);
      if (key === SEEN) seen(Number(newValue) || 0);
    };
    addEventListener("storage", hear);
    return () => removeEventListener("storage", hear);
  },
};
