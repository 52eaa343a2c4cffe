import assert from "node:assert/strict";
import { assess, type Assessment } from "../../../../tools/impact/assess";
import { textAt } from "../../../../tools/impact/fields";
import { parsePreview } from "../../../../tools/impact/preview";
import { type Recorded, runProgram } from "../../../support/mocks";

type Configuration = Readonly<Record<string, unknown>>;

type Resources = ReadonlyMap<string, Recorded>;

/** Runs of the program by configuration: many changes begin with the same one. */
const runs = new Map<string, Promise<Resources>>();

/** What the program registers for a configuration, with the URN of each resource. */
function registered(config: Configuration): Promise<Resources> {
    const key = JSON.stringify(config);
    const run = runs.get(key) ?? runOf(config);
    runs.set(key, run);
    return run;
}

async function runOf(config: Configuration): Promise<Resources> {
    const { resources, error } = await runProgram(config);
    assert.equal(error, undefined);
    const byKey = new Map(resources.all.map((each) => [each.key, each]));
    const typesOf = ({ type, parent }: Recorded): string => {
        const above = byKey.get(parent ?? "");
        return above === undefined || above.type === "pulumi:pulumi:Stack"
            ? type
            : `${typesOf(above)}$${type}`;
    };
    return new Map(
        resources.all.map((each) => [
            `urn:pulumi:test::kafka-eks::${typesOf(each)}::${each.name}`,
            each,
        ]),
    );
}

/** What the engine compares: not what it is told to ignore, such as passwords that are made anew in each run. */
function inputsOf({ inputs, options }: Recorded): object {
    return Object.fromEntries(
        Object.entries(inputs).filter(([key]) => !options.ignoreChanges.includes(key)),
    );
}

/** Objects of another name are other objects. */
function isReplaced(old: Recorded, now: Recorded): boolean {
    return (
        textAt(old.inputs, "metadata", "name") !== textAt(now.inputs, "metadata", "name") ||
        textAt(old.inputs, "metadata", "namespace") !== textAt(now.inputs, "metadata", "namespace")
    );
}

function opOf(old: Recorded | undefined, now: Recorded | undefined): string {
    if (old === undefined || now === undefined) {
        return old === undefined ? "create" : "delete";
    }
    if (isReplaced(old, now)) {
        return "replace";
    }
    return JSON.stringify(inputsOf(old)) === JSON.stringify(inputsOf(now)) ? "same" : "update";
}

/** What the change from one configuration to another means, as a preview with `--show-sames` has it. */
export async function assessChange(from: Configuration, to: Configuration): Promise<Assessment> {
    const [before, after] = [await registered(from), await registered(to)];
    const steps = [...new Set([...before.keys(), ...after.keys()])].map((urn) => {
        const [old, now] = [before.get(urn), after.get(urn)];
        const state = (each: Recorded | undefined) =>
            each && {
                type: each.type,
                custom: !/^(kafka-eks|eks):/.test(each.type),
                inputs: inputsOf(each),
                retainOnDelete: each.options.retainOnDelete,
            };
        return { op: opOf(old, now), urn, oldState: state(old), newState: state(now) };
    });
    return assess(parsePreview(JSON.stringify({ steps })));
}
