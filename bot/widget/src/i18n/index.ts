// The words of the interface, one dictionary a language. The assistant's own sentences come from the server.
import en from "./en.json";
import { choose as chooseFrom, fill, type Values } from "./fill";
import nb from "./nb.json";
import type pageNb from "./page.nb.json";

export type Key = keyof typeof nb | keyof typeof pageNb;
export type { Values };

const dictionaries: Record<string, Partial<Record<Key, string>>> = { nb: { ...nb }, en: { ...en } };

export const languages = Object.keys(dictionaries);

/** A text of one language, its `{names}` filled in. */
export function text(language: string, key: Key, values: Values = {}): string {
  return fill((dictionaries[language] ?? dictionaries["nb"])?.[key] ?? key, values);
}

/** The words of one place only, which need not travel with the widget. */
export function add(words: Record<string, Partial<Record<Key, string>>>): void {
  for (const [language, more] of Object.entries(words)) Object.assign(dictionaries[language] ?? {}, more);
}

/** Whether a code of the server's has a word here. */
export function isKey(key: string): key is Key {
  return key in (dictionaries["nb"] ?? {});
}

/** The first of the wished languages that there is: Norwegian of any kind reads bokmål, all others English. */
export function choose(wishes: readonly string[]): string {
  return chooseFrom(wishes, languages);
}
