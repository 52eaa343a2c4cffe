import { datedDefinitions } from "./definitions";

/** Words of a property's name that say that its value is nobody else's business. */
const SECRET_WORD = /pass(word|phrase|wd)|secret|credential|private\.?key|jaas|token$/i;

/**
 * Tells whether nobody may see a broker property's value: Kafka takes it for a password. Of a plug-in's property nobody knows that,
 * so its name decides.
 */
export function isSensitive(name: string): boolean {
    const definitions = datedDefinitions("broker", name);
    return definitions.length === 0
        ? SECRET_WORD.test(name)
        : definitions.some(({ type }) => type === "password");
}
