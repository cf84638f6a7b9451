// What every dictionary shares: filling in values, and choosing a language.

export type Values = Record<string, string | number>;

/** A sentence, its `{names}` filled in. */
export function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The first of the wished languages that is known: Norwegian of any kind reads bokmål, all others English. */
export function choose(wishes: readonly string[], known: readonly string[]): string {
  for (const wish of wishes) {
    const code = wish.toLowerCase().split("-")[0] ?? "";
    if (["nb", "no", "nn", "da", "sv"].includes(code)) return "nb";
    if (known.includes(code)) return code;
  }
  return "en";
}
