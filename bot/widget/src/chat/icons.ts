// Line icons, drawn for this page. Decorative: the words beside them carry the meaning.
import { svg, type TemplateResult } from "lit/html.js";

export const icon = (path: TemplateResult): TemplateResult =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${path}</svg>`;

/** The mark of the assistant: a sand mould in section, sprue and casting. */
export const mould = icon(svg`<path d="M3 8h18v12H3zM3 14h5m8 0h5M11 8V3h2v5m-5 6a4 4 0 0 1 8 0v2H8z" />`);
export const person = icon(svg`<circle cx="12" cy="8" r="3.5" /><path d="M5 20c.6-4 3.3-6 7-6s6.4 2 7 6" />`);
export const badge = icon(svg`<path d="M4 5h16v14H4zM13 10h4m-4 4h4" /><circle cx="8.5" cy="10.5" r="1.5" /><path d="M6 16c.3-2 1.2-3 2.5-3s2.2 1 2.5 3" />`);
export const send = icon(svg`<path d="M4 12h15M13 6l6 6-6 6" />`);
export const tick = icon(svg`<path d="m5 13 4.5 4.5L19 7" />`);
export const ticks = icon(svg`<path d="m1 13 4.5 4.5L14 8m-2 8 1.5 1.5L23 8" />`);
export const warning = icon(svg`<path d="M12 4 2.5 20h19zM12 10v4m0 2.5v.5" />`);
export const info = icon(svg`<circle cx="12" cy="12" r="9" /><path d="M12 11v6m0-9.5v.5" />`);
export const down = icon(svg`<path d="M12 5v14m-6-6 6 6 6-6" />`);
export const cross = icon(svg`<path d="m6 6 12 12M18 6 6 18" />`);
export const dots = icon(svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3.5" />`);
export const clip = icon(svg`<path d="m19 11-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5l8-8a3 3 0 0 1 4.3 4.3l-8 8a1.5 1.5 0 0 1-2.1-2.1L14 7.5" />`);
export const file = icon(svg`<path d="M6 3h8l4 4v14H6zM14 3v4h4" />`);
export const speech = icon(svg`<path d="M4 5h16v11h-8l-5 4v-4H4z" />`);
