// How it went: one to five, asked once when a conversation is over.
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Key } from "../i18n";
import type { Chat } from "./part";
import type { Session } from "./session";

const SCORES = [1, 2, 3, 4, 5] as const;

/** Five choices with words at both ends; `name` keeps two scales on one page apart. */
export function scale(t: Session["t"], name: string): TemplateResult {
  return html`<fieldset class="scale">
    <legend>${t("rating.ask")}</legend>
    ${SCORES.map(
      (score) => html`<label>
        <input type="radio" name="score" value=${score} id="${name}-${score}" />
        <span>${score}<span class="unseen"> ${t(`rating.${score}` as Key)}</span></span>
      </label>`,
    )}
    <p aria-hidden="true"><span>${t("rating.1")}</span><span>${t("rating.5")}</span></p>
  </fieldset>`;
}

/** Whether a question is open: a verdict would stand in its way. */
function asked({ owner, transcript }: Session): boolean {
  const last = transcript.all.at(-1);
  return owner.who !== "closed" && (transcript.choices.length > 0 || last?.text.trimEnd().endsWith("?") === true);
}

/** The question at the end of the log, its thanks, or nothing. */
export function rating(chat: Chat): TemplateResult | typeof nothing {
  const { session } = chat;
  const { t } = session;
  if (session.verdict.state === "none" || asked(session)) return nothing;
  if (session.verdict.state === "thanked") return html`<p class="rating" role="status">${t("rating.thanks")}</p>`;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const score = Number(fields.get("score"));
    const problem = chat.renderRoot.querySelector(".rating .problem");
    const failed = score === 0 ? "rating.missing" : (await session.verdict.give(score, String(fields.get("words") ?? "").trim())) ? null : "rating.failed";
    if (problem && failed) problem.textContent = t(failed);
    if (!failed) chat.focusField();
  };
  const dismiss = (): void => {
    session.verdict.decline();
    chat.focusField();
  };
  return html`<form class="rating" @submit=${submit}>
    ${scale(t, "end")}
    <label>${t("rating.words")}<input name="words" maxlength="1000" autocomplete="off" /></label>
    <p class="problem" role="alert"></p>
    <div class="foot">
      <button type="submit" class="main">${t("rating.send")}</button>
      <button type="button" class="quiet" @click=${dismiss}>${t("rating.no")}</button>
    </div>
  </form>`;
}
