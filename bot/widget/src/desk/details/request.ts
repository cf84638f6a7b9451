// The request in progress: what is answered, what is missing, what the assistant asks for now.
import { html, nothing, type TemplateResult } from "lit";
import type { Request } from "../types";
import { harmless, t } from "../words";
import { section } from "./section";

export function request(found: Request | null): TemplateResult | typeof nothing {
  if (!found) return nothing;
  const missing = found.missing;
  return section(
    found.title,
    html`<dl class="pairs">
        ${found.answers.map(({ label, value }) => html`<div><dt>${label}</dt><dd dir="auto">${harmless(value)}</dd></div>`)}
      </dl>
      ${missing.length === 0
        ? html`<p class="complete">${t("request.complete")}</p>`
        : html`<p class="missing-title">${t("request.missing")}</p>
            <ul class="missing">
              ${missing.map(
                ({ question, label }) => html`<li class=${question === found.open ? "asked" : ""}>
                  ${label}${question === found.open ? html` <span class="tag">${t("request.asked")}</span>` : nothing}</li>`,
              )}
            </ul>`}`,
    "request",
  );
}
