/** Keeps an error's message as it is: the SDK would write the names of properties before it, once for each that waits for it. */
export function fixedMessage<E extends Error>(error: E): E {
    const { message } = error;
    return Object.defineProperty(error, "message", { get: () => message, set: () => undefined });
}
