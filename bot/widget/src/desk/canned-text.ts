// Canned replies: what their placeholders stand for in a conversation, and which are still empty.
import type { Open } from "./open";
import { state } from "./state";
import { harmless } from "./words";

/** What a canned reply may name. */
export const placeholders = ["customer_name", "company", "order_no", "case_no", "staff_name", "foundry"] as const;

const PLACE = new RegExp(`\\{(?:${placeholders.join("|")})\\}`, "g");
const BLANK = /\[[\p{L} ]{2,30}\](?!\()/gu;
const ANY = /\{[^{}\s]*\}/g;

/** A canned reply with everything filled in that the conversation knows; the rest stays a placeholder. */
export function fillIn(text: string, open: Open): string {
  const detail = open.detail;
  const customer = detail?.customer;
  const values: Record<string, string | null | undefined> = {
    customer_name: customer?.contact?.name ?? detail?.conversation.who.name,
    company: customer?.company?.name ?? detail?.conversation.who.company,
    order_no: customer?.orders?.length === 1 ? customer.orders[0]?.order_no : null,
    case_no: detail?.cases?.[0]?.case_no,
    staff_name: state.staff?.name,
    foundry: state.foundry,
  };
  return text.replace(PLACE, (whole) => harmless(values[whole.slice(1, -1)]) || whole);
}

/** What nobody has filled in: placeholders, and words in brackets that a reply leaves to whoever sends it. */
export function unfilled(text: string): string[] {
  return [...new Set([...(text.match(PLACE) ?? []), ...(text.match(BLANK) ?? [])])];
}

/** Placeholders that do not exist. */
export function unknown(text: string): string[] {
  return [...new Set(text.match(ANY) ?? [])].filter((place) => !place.match(PLACE));
}
