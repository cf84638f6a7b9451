// What the server refuses, in words.
import type { ApiError } from "./api";
import { counted, label, t, type Key, isKey } from "./words";

/** Why something did not work. What is wrong with a field is said where there is a word for it. */
export function said({ code, details }: ApiError): string {
  if (code === "locked") return counted("error.locked", Number(details["seconds"] ?? 60));
  if (code !== "invalid") return label("error", code);
  const fits = [details["why"], details["field"]].map((name) => `error.invalid.${String(name)}`).find(isKey);
  return t((fits ?? "error.invalid") as Key);
}
