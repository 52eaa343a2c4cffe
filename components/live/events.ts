import type { CoreV1Event } from "@kubernetes/client-node";

/**
 * The newest event of an object, as far as it is of some sort.
 *
 * @param uid The object's own: an earlier one of the same name has events, too.
 */
export function newestEvent(
    events: readonly CoreV1Event[],
    uid: string | undefined,
    isOfSort: (event: CoreV1Event) => boolean = () => true,
): CoreV1Event | undefined {
    return events
        .filter((event) => event.involvedObject.uid === uid && isOfSort(event))
        .reduce<CoreV1Event | undefined>(
            (newest, event) =>
                newest === undefined || timeOf(event) >= timeOf(newest) ? event : newest,
            undefined,
        );
}

/** Whether an event tells of a trouble. */
export function isWarning({ type }: CoreV1Event): boolean {
    return type === "Warning";
}

/** Components write one or the other. The client has no model of events: times are texts, whatever their type says. */
function timeOf({ lastTimestamp, series, eventTime }: CoreV1Event): number {
    return new Date(lastTimestamp ?? series?.lastObservedTime ?? eventTime ?? 0).getTime();
}
