import type { PropertyKind } from "../../../components/kafka/properties/definition";
import type { Effect } from "../finding";

/** What a changed property does to messages or clients. */
export type Risk = Pick<Effect, "what" | "severity">;

/** Judges a change from one value to another, of a topic or of what the brokers do with topics that don't say. */
export type Rule = (from: string, to: string, whose: PropertyKind) => Risk | undefined;

/** Tells whether a limit is a smaller one, or new; below zero there is none. */
export function isShorter(from: string, to: string): boolean {
    return Number(to) >= 0 && (Number(from) < 0 || Number(to) < Number(from));
}

/** Tells whether Kafka reads a value as true. */
export function isTrue(value: string): boolean {
    return value.trim().toLowerCase() === "true";
}
