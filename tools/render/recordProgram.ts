import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { NO_ORGANIZATION } from "../../program/dataOwner";
import { acceptHooks } from "./acceptHooks";
import { unknown, unknownOutputs } from "./unknown";

/** A resource as a program registers it. */
export interface RegisteredResource {
    /** Pulumi type, e.g. `kubernetes:core/v1:Service`. */
    readonly type: string;
    /** Pulumi name. */
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Whether it is a component, which is nothing but the parent of others. */
    readonly isComponent: boolean;
}

/** What a program runs with. */
export interface ProgramArgs {
    readonly project: string;
    readonly stack: string;
    readonly config: Readonly<Record<string, string>>;
}

/** Pulumi's runtime is one for the whole process, so one program runs after the other. */
let running: Promise<unknown> = Promise.resolve();

/**
 * Runs a program against a stand-in for Pulumi's engine and returns what it registers, in that order. Every resource
 * gets its inputs as its outputs, and a stand-in for what only a cloud can tell.
 *
 * @param program Registers the resources.
 * @throws What the program throws, and whatever goes wrong in its outputs.
 */
export function recordProgram(
    args: ProgramArgs,
    program: () => unknown,
): Promise<RegisteredResource[]> {
    const recorded = running.then(() => record(args, program));
    running = recorded.catch(() => undefined);
    return recorded;
}

async function record(
    { project, stack, config }: ProgramArgs,
    program: () => unknown,
): Promise<RegisteredResource[]> {
    const resources: RegisteredResource[] = [];
    // An output that fails keeps its resource from being registered, and that is all that would be seen of it.
    const failures: unknown[] = [];
    const onRejection = (reason: unknown) => failures.push(reason);
    process.on("unhandledRejection", onRejection);
    // The SDK writes down a stack for each of its promises, which takes a third of the time.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 3;
    const log = pulumi.log as { warn: typeof pulumi.log.warn };
    const { warn } = log;
    // Without an engine the SDK writes where the warning is from, which is none of the reader's concern.
    log.warn = (text) => Promise.resolve(void process.stderr.write(`warning: ${text}\n`));
    try {
        await pulumi.runtime.setMocks(
            {
                newResource: ({ type, name, inputs, custom }) => {
                    const values = inputs as Record<string, unknown>;
                    resources.push({ type, name, inputs: values, isComponent: custom !== true });
                    // What the engine remembers is the value that it gets first.
                    const state =
                        type === "pulumi:index:Stash"
                            ? { output: values.input }
                            : unknownOutputs(type, name, values);
                    return {
                        id: custom ? (type.startsWith("aws:") ? unknown(name) : name) : undefined,
                        state: { ...values, ...state },
                    };
                },
                call: ({ token }) => {
                    const error = new Error(
                        `the program asks for ${token}, which only a cloud can answer`,
                    );
                    failures.push(error);
                    throw error;
                },
            },
            project,
            stack,
            false,
            NO_ORGANIZATION,
        );
        acceptHooks();
        // Where the values are from is not known here, and nothing of them is kept in a state.
        pulumi.runtime.setAllConfig(config, Object.keys(config));
        try {
            await program();
        } catch (error) {
            failures.push(error);
        }
        await pulumi.runtime.disconnect();
        // Node reports a rejection as unhandled only after the current turn of the event loop.
        await setImmediate();
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
        log.warn = warn;
        process.off("unhandledRejection", onRejection);
    }
    if (failures.length > 0) {
        throw failures[0];
    }
    return resources;
}
