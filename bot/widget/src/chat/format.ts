// The few marks a message may carry: **bold**, [words](address), a bare web or mail address. Everything else is text.
// Lit escapes it all; an address is a link only when its scheme is one of three. Every length has a bound, so that a
// megabyte of brackets costs no more than a megabyte of words.
import { html, type TemplateResult } from "lit/html.js";

const MARKS =
  /\*\*(?<bold>[^*\n]{1,500})\*\*|\[(?<words>[^[\]\n]{1,300})\]\((?<address>[^)\s]{1,2000})\)|(?<url>https:\/\/[^\s<>()]{1,2000}[^\s<>().,;:!?])|(?<mail>(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}_+][\p{L}\p{M}\p{N}.!#$%&'*+=?^_{|}~-]{0,63}@[\p{L}\p{M}\p{N}-]{1,63}(?:\.[\p{L}\p{M}\p{N}-]{1,63}){1,8})/gu;

type Piece = string | TemplateResult;

function link(address: string, words: Piece): Piece {
  let scheme = "";
  try {
    scheme = new URL(address).protocol;
  } catch {
    return words;
  }
  if (scheme === "https:") return html`<a href=${address} target="_blank" rel="noopener noreferrer">${words}</a>`;
  if (scheme === "mailto:" || scheme === "tel:") return html`<a href=${address}>${words}</a>`;
  return words;
}

/** One line as text, bold and links. */
export function inline(line: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(MARKS)) {
    const { bold, words, address, url, mail } = match.groups ?? {};
    pieces.push(line.slice(end, match.index));
    if (bold !== undefined) pieces.push(html`<strong>${bold}</strong>`);
    else if (words !== undefined && address !== undefined) pieces.push(link(address, words));
    else if (url !== undefined) pieces.push(link(url, url));
    else if (mail !== undefined) pieces.push(link(`mailto:${mail.split("@").map(encodeURIComponent).join("@")}`, mail));
    end = match.index + match[0].length;
  }
  pieces.push(line.slice(end));
  return pieces.filter((piece) => piece !== "");
}

/** A message of several lines; neighbouring lines that begin with a dash or a dot become a list. */
export function paragraphs(message: string): TemplateResult[] {
  const blocks: TemplateResult[] = [];
  let list: TemplateResult[] = [];
  const close = (): void => {
    if (list.length > 0) blocks.push(html`<ul>${list}</ul>`);
    list = [];
  };
  for (const line of message.split("\n")) {
    const point = /^\s*[-•–]\s+(.*)$/.exec(line);
    if (point) list.push(html`<li dir="auto">${inline(point[1] ?? "")}</li>`);
    else {
      close();
      if (line.trim() !== "") blocks.push(html`<p dir="auto">${inline(line)}</p>`);
    }
  }
  close();
  return blocks;
}
