import type { Condition, StrimziResource } from "./resources";

/** Reason and message of a condition in one line. */
export function explainCondition({ type, reason, message }: Condition): string {
    return [reason ?? type, message?.replace(/\s+/g, " ")].filter((part) => part).join(": ");
}

/** What a resource's operator has against it; nothing when it is as its specification says. */
export function faultsOf({ metadata, status }: StrimziResource): string[] {
    const conditions = status?.conditions ?? [];
    const says = (...types: string[]) =>
        conditions.some((each) => types.includes(each.type) && each.status === "True");
    if (says("ReconciliationPaused")) {
        // The generation stays behind then, and that would be the same fault once more.
        return ["paused: nobody acts on changes of it"];
    }
    // One operator says that it is not ready, the other one denies that it is.
    const failure = conditions.find(
        ({ type, status: value }) =>
            (type === "NotReady" && value === "True") || (type === "Ready" && value === "False"),
    );
    const faults = failure === undefined ? [] : [`not ready: ${explainCondition(failure)}`];
    if (status?.observedGeneration !== metadata.generation) {
        return [...faults, "the operator has not dealt with the last change yet"];
    }
    // Of a topic that is not to be managed the operator says only that.
    return failure === undefined && !says("Ready", "Unmanaged")
        ? ["the operator does not say whether it is ready"]
        : faults;
}
