// The frame of one topic: a heading and what stands under it.
import { html, nothing, type TemplateResult } from "lit";

/** A topic beside the talk. */
export function section(title: string, body: unknown, kind: string): TemplateResult {
  const id = `section-${kind}`;
  return html`<section class="topic ${kind}" aria-labelledby=${id}><h3 id=${id}>${title}</h3>${body}</section>`;
}

/** A topic of a page of its own. */
export function chapter(title: string, body: unknown, kind: string): TemplateResult {
  const id = `chapter-${kind}`;
  return html`<section class="topic ${kind}" aria-labelledby=${id}><h2 id=${id}>${title}</h2>${body}</section>`;
}

/** A label and its value, left out when there is none. */
export function pair(label: string, value: unknown): TemplateResult | typeof nothing {
  return value === null || value === undefined || value === "" ? nothing : html`<div><dt>${label}</dt><dd dir="auto">${value}</dd></div>`;
}
