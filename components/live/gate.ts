import * as pulumi from "@pulumi/pulumi";
import type { LiveObjects } from "./objects";

/** What is about to happen to a resource. */
export interface Change<Inputs> {
    /** Inputs as the state has them; `undefined` when the resource is about to be made. */
    readonly before: Inputs | undefined;
    /** Inputs that it is about to have. */
    readonly after: Inputs;
    /**
     * The object as the API server answered when it was last made or changed, as the state has it.
     *
     * @default - The state does not know it.
     */
    readonly recorded?: unknown;
}

/**
 * Hooks that ask whether a change may begin: in every `up` that makes or changes the resource, before it does, and in no
 * preview. What the check throws fails the step with its message; the next `up` asks again.
 *
 * @param name Unique in the program.
 * @param live Whom the check asks.
 * @returns `undefined` where there is nobody to ask.
 */
export function gate<Inputs>(
    name: string,
    live: LiveObjects | undefined,
    check: (change: Change<Inputs>, live: LiveObjects) => Promise<void>,
): pulumi.ResourceHookBinding | undefined {
    if (live === undefined) {
        return undefined;
    }
    const hook = new pulumi.ResourceHook(name, ({ oldInputs, newInputs, oldOutputs }) =>
        check(
            {
                before: oldInputs as Inputs | undefined,
                after: newInputs as Inputs,
                recorded: oldOutputs,
            },
            live,
        ),
    );
    return { beforeCreate: [hook], beforeUpdate: [hook] };
}

/**
 * A hook that asks whether a resource may be made: in every `up` that makes one which the state does not know, and in no
 * preview. What the check throws fails the step with its message.
 *
 * @param name Unique in the program.
 * @param live Whom the check asks.
 * @param check Gets the inputs that the resource is about to have.
 * @returns `undefined` where there is nobody to ask.
 */
export function creationGate<Inputs>(
    name: string,
    live: LiveObjects | undefined,
    check: (inputs: Inputs, live: LiveObjects) => Promise<void>,
): pulumi.ResourceHookBinding | undefined {
    const asked = gate<Inputs>(name, live, ({ after }, cluster) => check(after, cluster));
    return asked && { beforeCreate: asked.beforeCreate };
}
