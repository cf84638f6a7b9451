// The questions asked before something is done: begin anew, delete, send by mail, come back with a code.
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Key } from "../i18n";
import { hide, type Chat } from "./part";
import { scale } from "./rating";
import { Refused } from "./server";

interface Dialog {
  id: string;
  title: Key;
  body: TemplateResult | typeof nothing;
  yes: Key;
  /** What to do; a text is why it did not work, and keeps the dialog open. */
  act(fields: FormData): Promise<Key | undefined> | Key | undefined;
  danger?: boolean;
}

/** One dialog with a form: what went wrong is said beside its buttons, and nothing is lost meanwhile. */
function dialog(chat: Chat, { id, title, body, yes, act, danger }: Dialog): TemplateResult {
  const { t } = chat.session;
  const problem = (key: Key | undefined): void => {
    const place = chat.renderRoot.querySelector(`#${id} .problem`);
    if (place) place.textContent = key === undefined ? "" : t(key);
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    problem(undefined);
    const failed = await act(new FormData(form));
    problem(failed);
    if (failed !== undefined) return;
    hide(chat, id);
    form.reset();
  };
  return html`<dialog id=${id} aria-labelledby="${id}-title" @close=${() => problem(undefined)}>
    <form @submit=${submit}>
      <h3 id="${id}-title">${t(title)}</h3>
      ${body}
      <p class="problem" role="alert"></p>
      <div class="foot">
        <button type="submit" class="main ${danger ? "danger" : ""}">${t(yes)}</button>
        <button type="button" @click=${() => hide(chat, id)}>${t("chat.cancel")}</button>
      </div>
    </form>
  </dialog>`;
}

/** Browsers refuse addresses beyond ASCII in a field for e-mail, or rewrite them: what is one, the server says. */
function field(label: string, name: string, more: { code?: boolean } = {}): TemplateResult {
  return html`<label>
    ${label}
    <input
      name=${name}
      type="text"
      required
      spellcheck="false"
      autocapitalize="none"
      autocomplete=${more.code ? "one-time-code" : "email"}
      inputmode=${more.code ? "numeric" : "email"}
      maxlength=${more.code ? 12 : 254}
    />
  </label>`;
}

const word = (fields: FormData, name: string): string => String(fields.get(name) ?? "").trim();

function restart(chat: Chat): TemplateResult {
  const { session } = chat;
  const rate = session.verdict.given ? nothing : scale(session.t, "restart");
  return dialog(chat, {
    id: "restart",
    title: "chat.new.ask",
    body: html`<p>${session.t("chat.new.text")}</p>
      ${rate}`,
    yes: "chat.new.yes",
    act: async (fields) => {
      const score = Number(fields.get("score"));
      if (score > 0) await session.verdict.give(score, "");
      session.leave();
      chat.focusField();
      return undefined;
    },
  });
}

function erase(chat: Chat): TemplateResult {
  const { session } = chat;
  return dialog(chat, {
    id: "erase",
    title: "erase.ask",
    body: html`<p>${session.t("erase.text")}</p>
      <p>${session.t("erase.stays")}</p>`,
    yes: "erase.yes",
    danger: true,
    act: async () => ((await session.erase()) ? undefined : "erase.failed"),
  });
}

function transcript(chat: Chat): TemplateResult {
  const { session } = chat;
  const known = session.visitor !== null;
  return dialog(chat, {
    id: "transcript",
    title: "transcript.title",
    body: known
      ? html`<p>${session.t("transcript.known")}</p>`
      : html`<p>${session.t("transcript.text")}</p>
          ${field(session.t("email"), "email")}`,
    yes: "transcript.yes",
    act: async (fields) => {
      const { ok, error } = await session.act("send_transcript", known ? {} : { email: word(fields, "email") });
      if (!ok) return error === "email" ? "email.wrong" : "failed";
      session.tell("transcript.sent");
      return undefined;
    },
  });
}

function code(chat: Chat): TemplateResult {
  const { session } = chat;
  return dialog(chat, {
    id: "code",
    title: "code.open",
    body: html`<p>${session.t("code.text")}</p>
      ${field(session.t("email"), "email")} ${field(session.t("code"), "code", { code: true })}`,
    yes: "code.yes",
    act: async (fields) => {
      try {
        await session.resume({ email: word(fields, "email"), code: word(fields, "code") });
        return undefined;
      } catch (error) {
        if (!(error instanceof Refused)) return "failed";
        return error.message === "too_many" ? "code.too_many" : "code.failed";
      }
    },
  });
}

export function dialogs(chat: Chat): TemplateResult {
  return html`${restart(chat)} ${erase(chat)} ${transcript(chat)} ${code(chat)}`;
}
