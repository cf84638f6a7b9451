// The words of the interface, one dictionary a language. The assistant's own sentences come from the server.
import en from "./en.json";
import nb from "./nb.json";

export type Key = keyof typeof nb;
export type Values = Record<string, string | number>;

const dictionaries: Record<string, Record<Key, string>> = { nb, en };

export const languages = Object.keys(dictionaries);

/** A text of one language, its `{names}` filled in. */
export function text(language: string, key: Key, values: Values = {}): string {
  const sentence = (dictionaries[language] ?? nb)[key];
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Whether a code of the server's has a word here. */
export function isKey(key: string): key is Key {
  return key in nb;
}

/** The first of the wished languages that there is: Norwegian of any kind reads bokmål, all others English. */
export function choose(wishes: readonly string[]): string {
  for (const wish of wishes) {
    const code = wish.toLowerCase().split("-")[0] ?? "";
    if (["nb", "no", "nn", "da", "sv"].includes(code)) return "nb";
    if (languages.includes(code)) return code;
  }
  return "en";
}
