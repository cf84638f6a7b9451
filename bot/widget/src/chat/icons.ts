// Line icons, drawn for this page. Decorative: the words beside them carry the meaning.
import { svg, type TemplateResult } from "lit";

const icon = (path: TemplateResult): TemplateResult =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${path}</svg>`;

/** The mark of the assistant: a sand mould in section, sprue and casting. */
export const mould = icon(svg`<path d="M3 8h18v12H3zM3 14h5m8 0h5M11 8V3h2v5m-5 6a4 4 0 0 1 8 0v2H8z" />`);
export const person = icon(svg`<circle cx="12" cy="8" r="3.5" /><path d="M5 20c.6-4 3.3-6 7-6s6.4 2 7 6" />`);
export const send = icon(svg`<path d="M4 12h15M13 6l6 6-6 6" />`);
export const tick = icon(svg`<path d="m5 13 4.5 4.5L19 7" />`);
export const warning = icon(svg`<path d="M12 4 2.5 20h19zM12 10v4m0 2.5v.5" />`);
export const down = icon(svg`<path d="M12 5v14m-6-6 6 6 6-6" />`);
export const restart = icon(svg`<path d="M19 12a7 7 0 1 1-2-4.9M19 3v5h-5" />`);
export const cross = icon(svg`<path d="m6 6 12 12M18 6 6 18" />`);
