// The words of the desk, its dates and its numbers, in the language of whoever works there.
import { choose, fill, type Values } from "../i18n/fill";
import en from "../i18n/desk.en.json";
import nb from "../i18n/desk.nb.json";

export type Key = keyof typeof nb;
export type { Values };

/** Names of sentences that differ with a number: `<name>.one` and `<name>.other`. */
export type Counted = { [K in Key]: K extends `${infer Name}.other` ? Name : never }[Key];

const dictionaries: Record<string, Record<Key, string>> = { nb, en };
export const languages = Object.keys(dictionaries);

const remembered = ((): string | null => {
  try {
    return localStorage.getItem("smelt.desk.language");
  } catch {
    return null;
  }
})();

let spoken = remembered !== null && languages.includes(remembered) ? remembered : choose(navigator.languages, languages);

/** The language of the desk. */
export function language(): string {
  return spoken;
}

/** Change it, and remember it in this browser. */
export function speak(wanted: string): void {
  spoken = wanted;
  document.documentElement.lang = wanted;
  try {
    localStorage.setItem("smelt.desk.language", wanted);
  } catch {
    // A browser without storage asks again next time.
  }
}

export function isKey(key: string): key is Key {
  return key in nb;
}

/** A text, its `{names}` filled in. */
export function t(key: Key, values: Values = {}): string {
  return fill((dictionaries[spoken] ?? nb)[key], values);
}

/** A text that says how many. */
export function counted(name: Counted, count: number, values: Values = {}): string {
  const form = new Intl.PluralRules(locale()).select(count) === "one" ? "one" : "other";
  return t(`${name}.${form}` as Key, { count: number(count), ...values });
}

/** The word for a code of the server's, or the code when there is none. */
export function label(group: string, code: string | null | undefined): string {
  if (code === null || code === undefined) return "";
  const key = `${group}.${code}`;
  return isKey(key) ? t(key) : code;
}

export function locale(): string {
  return spoken === "nb" ? "nb-NO" : "en-GB";
}

export function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** Size of a file, in the largest unit that keeps it above one. */
export function size(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const format = { style: "unit", unit: units[unit], unitDisplay: "short", maximumFractionDigits: unit === 2 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale(), format).format(value);
}

export function isoMoment(iso: string | null | undefined): Date | null {
  if (!iso) return null;
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? null : at;
}

export function clock(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(at);
}

function daysAgo(at: Date): number {
  const midnight = (day: Date): number => new Date(day).setHours(0, 0, 0, 0);
  return Math.round((midnight(new Date()) - midnight(at)) / 86_400_000);
}

/** Today, yesterday, or the date in full. */
export function day(at: Date): string {
  const ago = daysAgo(at);
  if (ago === 0) return t("time.today");
  if (ago === 1) return t("time.yesterday");
  return new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(at);
}

/** The time when it was today, else the date: for lists. */
export function brief(iso: string | null): string {
  const at = isoMoment(iso);
  if (!at) return "";
  if (daysAgo(at) === 0) return clock(at);
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short" }).format(at);
}

/** Date and time. */
export function moment(iso: string | null | undefined): string {
  const at = isoMoment(iso);
  return at ? new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(at) : "";
}

/** A date without time; an ISO date stays the day it is. */
export function date(iso: string | null | undefined): string {
  const at = isoMoment(iso && iso.length === 10 ? `${iso}T12:00:00` : iso);
  return at ? new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(at) : "";
}

/** How long since then: minutes and seconds below an hour, hours and minutes below a day, then days. */
export function waited(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - (isoMoment(since)?.getTime() ?? now)) / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t("time.hours", { hours, minutes: minutes % 60 });
  return counted("time.days", Math.floor(hours / 24));
}

/** A language by its name, in the language of the desk. */
export function languageName(code: string | null): string {
  if (!code) return t("language.unknown");
  return new Intl.DisplayNames([locale()], { type: "language" }).of(code) ?? code;
}

/** Text of a stranger on one line or many, without the characters that only turn or hide what is read. */
export function harmless(words: string | null | undefined): string {
  return (words ?? "").replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]|[\0-\x08\x0B-\x1F\x7F]/g, "");
}
