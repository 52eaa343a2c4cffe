import type { Engine as Pulumi } from "../engine/find";
import { ENGINE_TITLES, type EngineName } from "./engine";
import { DemoError } from "./errors";

/** What the choice of an engine depends on. */
export interface EngineCircumstances {
    /** The engine that the user asked for. */
    readonly forced?: EngineName;
    /** The engine that deployed the Kafka that is there. */
    readonly existing?: EngineName;
    /** Looks for Pulumi's CLI. */
    readonly findPulumi: () => Promise<Pulumi | undefined>;
}

/** The engine to take. */
export type EngineChoice =
    | { readonly engine: "pulumi"; readonly why: string; readonly pulumi: Pulumi }
    | { readonly engine: "rendered"; readonly why: string };

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
    if (wanted === "rendered") {
        return { engine: "rendered", why: why! };
    }
    const pulumi = await findPulumi();
    if (pulumi !== undefined) {
        return { engine: "pulumi", why: why ?? "it is there", pulumi };
    }
    if (wanted === "pulumi") {
        throw new DemoError(
            `Pulumi's CLI is needed because ${why}, but it is not on PATH and can't be downloaded`,
            "put it on PATH" + (existing === undefined ? ", or use --engine rendered" : ""),
        );
    }
    return {
        engine: "rendered",
        why: "Pulumi's CLI is not on PATH and can't be downloaded",
    };
}
