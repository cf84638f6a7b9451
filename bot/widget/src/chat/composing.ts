// Whether a key belongs to a letter or word that is still being put together, as on Japanese and Korean keyboards.

/** What keys are while an input method has them, and the one sign in Safari, whose composition ends before its Enter. */
const TAKEN = 229;

export const composing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === TAKEN;
