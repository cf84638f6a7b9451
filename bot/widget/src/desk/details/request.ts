// The request in progress: what is answered, what is missing, what the assistant asks for now.
import { html, nothing, type TemplateResult } from "lit";
import type { Request } from "../types";
import { harmless, label, t } from "../words";
import { section } from "./section";

export function request(found: Request | null): TemplateResult | typeof nothing {
  if (!found) return nothing;
  const missing = found.missing;
  return section(
    label("task", found.task),
    html`<dl class="pairs">
        ${found.answers.map(({ label: name, value }) => html`<div><dt>${name}</dt><dd dir="auto">${harmless(value)}</dd></div>`)}
      </dl>
      ${missing.length === 0
        ? html`<p class="complete">${t("request.complete")}</p>`
        : html`<p class="missing-title">${t("request.missing")}</p>
            <ul class="missing">
              ${missing.map(
                ({ question, label: name }) => html`<li class=${question === found.open ? "asked" : ""}>
                  ${name}${question === found.open ? html` <span class="tag">${t("request.asked")}</span>` : nothing}</li>`,
              )}
            </ul>`}`,
    "request",
  );
}
