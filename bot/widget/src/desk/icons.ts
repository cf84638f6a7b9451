// The desk's own line icons, beside those it shares with the chat. Decorative: the words beside them carry the meaning.
import { svg } from "lit";
import { icon } from "../chat/icons";

export { clip, cross, file, info, mould, person, send, tick, ticks, warning } from "../chat/icons";

export const lock = icon(svg`<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3" />`);
export const note = icon(svg`<path d="M5 4h14v10l-5 6H5zM19 14h-5v6" />`);
export const reply = icon(svg`<path d="M10 6 4 12l6 6m-6-6h9a7 7 0 0 1 7 7" />`);
export const back = icon(svg`<path d="M19 12H5m6-6-6 6 6 6" />`);
export const flag = icon(svg`<path d="M6 21V4h11l-2 4 2 4H6" />`);
export const shield = icon(svg`<path d="M12 3 5 6v5c0 4.5 3 8 7 10 4-2 7-5.5 7-10V6zm-3 9 2.2 2.2L15.5 10" />`);
export const bell = icon(svg`<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4" />`);
export const sound = icon(svg`<path d="M4 10v4h3l5 4V6l-5 4zM16 9a4 4 0 0 1 0 6m2.5-8.5a8 8 0 0 1 0 11" />`);
export const clock = icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7v5l3.5 2" />`);
export const lines = icon(svg`<path d="M4 7h16M4 12h16M4 17h10" />`);
export const arrow = icon(svg`<path d="M9 6l6 6-6 6" />`);
