// Who writes, and above all: is that proven?
import { html, nothing, type TemplateResult } from "lit";
import { shield, tick, warning, cross } from "../icons";
import { address } from "../route";
import type { Customer, Detail, Order } from "../types";
import { date, harmless, label, languageName, moment, t } from "../words";
import { pair, section } from "./section";

/** Says loudly whether the customer is who they say they are. */
export function proof(proved: string | null): TemplateResult {
  return proved === null
    ? html`<p class="proof unproven">${warning}<span><strong>${t("proof.none")}</strong> ${t("proof.none.text")}</span></p>`
    : html`<p class="proof proven">${shield}<span><strong>${t("proof.done")}</strong> ${label("proof", proved)}</span></p>`;
}

function right(allowed: boolean, words: string): TemplateResult {
  return html`<li class=${allowed ? "may" : "may-not"}>${allowed ? tick : cross}<span>${words}</span></li>`;
}

function order(one: Order): TemplateResult {
  return html`<li class=${one.late ? "late" : ""}>
    <p><strong>${one.order_no}</strong> <span>${one.status_text}</span></p>
    <p class="hint">${one.date ? date(one.date) : t("details.no_date")}${one.po ? html` · <span dir="auto">${harmless(one.po)}</span>` : nothing}
      ${one.late ? html`<span class="late-mark">${warning}${t("details.late")}</span>` : nothing}</p>
  </li>`;
}

/** The orders still open. */
export function orders(known: Customer | null): TemplateResult | typeof nothing {
  const { orders: found = [], more_orders } = known ?? {};
  if (found.length === 0) return nothing;
  return section(
    t("details.orders"),
    html`<ul class="orders">${found.map(order)}</ul>
      ${more_orders ? html`<p class="hint">${t("details.more_orders")}</p>` : nothing}`,
    "orders",
  );
}

function person({ contact, company, gone, unavailable }: Customer): TemplateResult {
  return html`<dl class="pairs">
      ${pair(t("details.name"), harmless(contact?.name))}
      ${pair(t("details.role"), contact?.role ? label("contact_role", contact.role) : null)}
      ${pair(t("details.company"), harmless(company?.name))}
      ${pair(t("details.customer_no"), company?.customer_no)}
      ${pair(t("details.country"), company?.country)}
      ${pair(t("details.language"), company?.language ? languageName(company.language) : null)}
      ${pair(t("details.email"), contact?.email ? html`<a href="mailto:${contact.email}">${contact.email}</a>` : null)}
      ${pair(t("details.phone"), contact?.phone ? html`<a href="tel:${contact.phone.replace(/[^\d+]/g, "")}">${contact.phone}</a>` : null)}
    </dl>
    ${gone || unavailable ? html`<p class="hint">${t(gone ? "details.gone" : "details.away")}</p>` : nothing}
    ${contact
      ? html`<ul class="rights" aria-label=${t("details.rights")}>
          ${right(contact.may_order, t(contact.may_order ? "rights.order" : "rights.no_order"))}
          ${right(contact.may_see_prices, t(contact.may_see_prices ? "rights.prices" : "rights.no_prices"))}
        </ul>`
      : nothing}`;
}

/** Who it is, and what they may. */
export function customer(detail: Detail): TemplateResult {
  const { conversation, customer: known } = detail;
  const proved = known?.proved ?? conversation.who.proved;
  const body = known?.known
    ? person(known)
    : html`<dl class="pairs">
        ${pair(t("details.name.said"), harmless(conversation.who.name))} ${pair(t("details.company.said"), harmless(conversation.who.company))}
        ${pair(t("details.email.said"), harmless(conversation.who.email))} ${pair(t("details.phone.said"), harmless(conversation.who.phone))}
      </dl>`;
  return section(t("details.customer"), html`${proof(proved)} ${body}`, "customer");
}

/** The customer's other conversations. */
export function earlier(known: Customer | null): TemplateResult | typeof nothing {
  const found = known?.earlier ?? [];
  if (found.length === 0) return nothing;
  return section(
    t("details.earlier"),
    html`<ul class="earlier">
      ${found.map(
        (one) => html`<li><a href=${address("conversations", one.id)}>${moment(one.last_at)}</a>
          ${one.rating ? html`<span class="hint">${t("details.rated", { rating: one.rating })}</span>` : nothing}</li>`,
      )}
    </ul>`,
    "earlier",
  );
}
