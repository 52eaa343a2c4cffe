import type { Engine as Pulumi } from "../pulumi/find";
import { ENGINE_TITLES, type EngineName } from "./engine";
import { DemoError } from "./errors";

const NO_PULUMI = "there is no Pulumi CLI on PATH, none was built, and none can be downloaded";
/** Builds Pulumi's CLI where there is none. */
export const BUILD_PULUMI = "npm run lab -- engine";

/** What the choice of an engine depends on. */
export interface EngineCircumstances {
    /** The engine that the user asked for. */
    readonly forced?: EngineName;
    /** The engine that deployed the Kafka that is there. */
    readonly existing?: EngineName;
    /** Looks for Pulumi's CLI. */
    readonly findPulumi: () => Promise<Pulumi | undefined>;
}

/** The engine to take, and how to get the better one. */
export type EngineChoice =
    | { readonly engine: "pulumi"; readonly why: string; readonly pulumi: Pulumi }
    | { readonly engine: "kubectl"; readonly why: string; readonly next?: string };

/**
 * Chooses how to deploy: as the user says, else as the Kafka that is there was deployed, else with Pulumi's CLI when it
 * is to be had.
 *
 * @throws {@link DemoError} when the engine that it has to be can't be taken.
 */
export async function chooseEngine(circumstances: EngineCircumstances): Promise<EngineChoice> {
    const { forced, existing, findPulumi } = circumstances;
    if (forced !== undefined && existing !== undefined && forced !== existing) {
        throw new DemoError(
            `the Kafka that is there was deployed with ${ENGINE_TITLES[existing]}, not with ${ENGINE_TITLES[forced]}`,
            "take it away first (npm run demo -- --destroy), its data stays; or give another --namespace",
        );
    }
    const wanted = forced ?? existing;
    const why =
        forced !== undefined
            ? "--engine says so"
            : existing !== undefined
              ? "the Kafka that is there was deployed with it"
              : undefined;
    if (wanted === "kubectl") {
        return { engine: "kubectl", why: why! };
    }
    const pulumi = await findPulumi();
    if (pulumi !== undefined) {
        return { engine: "pulumi", why: why ?? "it is there", pulumi };
    }
    if (wanted === "pulumi") {
        throw new DemoError(
            `Pulumi's CLI is needed because ${why}, but ${NO_PULUMI}`,
            BUILD_PULUMI + (existing === undefined ? ", or use --engine kubectl" : ""),
        );
    }
    return { engine: "kubectl", why: NO_PULUMI, next: BUILD_PULUMI };
}
