// How a case is named and its deadline shown, in the list and on its own page.
import { html, nothing } from "lit";
import { clock, warning } from "../icons";
import type { CaseRow } from "../records";
import { isKey, label, moment, t } from "../words";

/** By when the customer was told to hear from us; loud once that has passed. */
export function deadline({ answer_by, overdue, state }: Pick<CaseRow, "answer_by" | "overdue" | "state">): unknown {
  if (!answer_by) return nothing;
  const words = moment(answer_by);
  if (overdue) return html`<span class="overdue">${warning}${t("case.overdue")}</span> <span>${words}</span>`;
  return html`<span class="due ${state === "received" ? "" : "settled"}">${clock}${words}</span>`;
}

/** What kind of case it is, in the desk's own word for it where there is one. */
export function kindName({ kind, kind_text }: Pick<CaseRow, "kind" | "kind_text">): string {
  return isKey(`kind.${kind}`) ? label("kind", kind) : kind_text;
}
