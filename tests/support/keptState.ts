import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "@pulumi/pulumi/automation";
import { LAB, labStrimziCrds } from "../../lab";
import { REPOSITORY } from "../../tools/cli/repository";
import { loadKubeConfig } from "./cluster";

const STATES = join(__dirname, "../states");

/** A stack of an earlier version of the program, as Pulumi kept it. */
export interface KeptState {
    /** The stack's configuration by full key. */
    readonly config: Record<string, string>;
    readonly deployment: Deployment;
}

/** The stacks whose states are kept: one for each deployment type and platform. */
export const KEPT_STATES = ["statefulset", "strimzi", "eks-statefulset", "eks-strimzi"] as const;

/** Name of a kept state. */
export type KeptStateName = (typeof KEPT_STATES)[number];

/** Reads a kept state, and puts in what differs between machines: paths, and the way to the lab. */
export async function readKeptState(name: KeptStateName): Promise<KeptState> {
    const values: Readonly<Record<string, string>> = {
        "{{repository}}": REPOSITORY,
        "{{crds}}": await labStrimziCrds(),
        // In a text that is JSON itself.
        "{{kubeconfig}}": JSON.stringify(loadKubeConfig(LAB.kubeconfig).exportConfig()).slice(
            1,
            -1,
        ),
    };
    const text = readFileSync(join(STATES, `${name}.json`), "utf8");
    const fill = (_: string, value: unknown): unknown =>
        typeof value === "string"
            ? value.replace(/\{\{\w+\}\}/g, (mark) => values[mark] ?? mark)
            : value;
    return JSON.parse(text, fill) as KeptState;
}
