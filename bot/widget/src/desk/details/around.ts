// What else belongs to a conversation: cases, files, who had it when, and plain facts.
import { html, nothing, type TemplateResult } from "lit";
import { fileLink } from "../card";
import { address } from "../route";
import { kindName } from "../views/case-words";
import type { CaseRow } from "../records";
import type { Detail, HandOver, StoredFile } from "../types";
import { date, harmless, label, languageName, moment, number, t, type Key } from "../words";
import { pair, section } from "./section";

export function cases(found: CaseRow[]): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  return section(
    t("nav.cases"),
    html`<ul class="plain-list">
      ${found.map(
        (one) => html`<li><a href=${address("cases", one.case_no)}>${one.case_no}</a> ${kindName(one)}
          <span class="hint">${label("case_state", one.state)}${one.answer_by ? ` · ${date(one.answer_by)}` : ""}</span></li>`,
      )}
    </ul>`,
    "cases",
  );
}

export function files(found: StoredFile[]): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  return section(
    t("details.files"),
    html`<ul class="plain-list">
      ${found.map((one) => html`<li>${fileLink(one)} <span class="hint">${label("direction", one.direction)}</span></li>`)}
    </ul>`,
    "files",
  );
}

export function history(found: HandOver[]): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  return section(
    t("details.history"),
    html`<ol class="history">
      ${found.map(
        ({ at, to, staff_name, reason }) => html`<li>
          <p>${t(`to.${to}` as Key, { name: staff_name ?? "" })}
            ${reason ? html`<span class="why" dir="auto">${to === "waiting" ? label("reason", reason) : harmless(reason)}</span>` : nothing}</p>
          <p class="hint">${moment(at)}</p>
        </li>`,
      )}
    </ol>`,
    "history",
  );
}

/** What a client says for the protocol's sake, which tells the desk nothing. */
const PROTOCOL = new Set(["client_id", "message_id", "language", "last_seq"]);

export function facts({ facts: known }: Detail): TemplateResult {
  const client = Object.entries(known.client ?? {}).filter(
    ([name, value]) => !PROTOCOL.has(name) && ["string", "number", "boolean"].includes(typeof value),
  );
  return section(
    t("details.facts"),
    html`<dl class="pairs">
      ${pair(t("details.started"), moment(known.started))} ${pair(t("details.messages"), number(known.messages))}
      ${pair(t("details.chat_language"), languageName(known.language))}
      ${pair(t("details.rating"), known.rating ? t("details.rated", { rating: known.rating }) : null)}
      ${pair(t("details.rating_text"), harmless(known.rating_text))}
      ${client.map(([name, value]) => pair(harmless(name), harmless(String(value))))}
    </dl>`,
    "facts",
  );
}
