import type { EngineEvent } from "@pulumi/pulumi/automation";

type State = NonNullable<NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]["old"]>;

/** Key of an object that stands for another value, and what it has there where that is a secret. */
const MARK = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * What `pulumi preview --json` would print, from the events of a preview. The command itself would need a language host,
 * which the engine that the lab builds does not have.
 */
export function previewJson(events: readonly EngineEvent[]): string {
    const steps = events.flatMap(({ resourcePreEvent }) => {
        if (resourcePreEvent === undefined) {
            return [];
        }
        const { op, urn, keys = [], old, new: now } = resourcePreEvent.metadata;
        return [{ op, urn, replaceReasons: keys, oldState: stateOf(old), newState: stateOf(now) }];
    });
    const diagnostics = events.flatMap(({ diagnosticEvent }) => diagnosticEvent ?? []);
    return JSON.stringify({ steps, diagnostics });
}

/** Events leave out what is false. */
function stateOf(state: State | undefined) {
    return (
        state && {
            type: state.type,
            custom: state.custom === true,
            inputs: withoutSecrets(state.inputs),
            retainOnDelete: state.retainOnDelete === true,
        }
    );
}

function withoutSecrets(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withoutSecrets);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const fields = value as Readonly<Record<string, unknown>>;
    return fields[MARK] === SECRET
        ? "[secret]"
        : Object.fromEntries(
              Object.entries(fields).map(([key, each]) => [key, withoutSecrets(each)]),
          );
}
