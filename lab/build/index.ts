import { type ListrTask } from "listr2";
import { build, isBuilt, type Artifact } from "./cache";
import { nodePackages } from "./debian";
import { certManager, coredns, kubernetes, localPathProvisioner } from "./golang";
import { imageStore } from "./images";
import { kafkaLibs } from "./kafkaLibs";
import { KAFKA } from "./kafkaReleases";

/** What a lab is made of, in the order in which it is built. */
export interface Artifacts {
    readonly nodePackages: Artifact;
    readonly kafkaLibs: readonly Artifact[];
    readonly images: Artifact;
    readonly coredns: Artifact;
    readonly localPathProvisioner: Artifact;
    readonly certManager: Artifact;
    readonly kubernetes: Artifact;
}

/** All artefacts, built or not. */
export async function artifacts(): Promise<Artifacts> {
    const packages = await nodePackages();
    return {
        nodePackages: packages,
        kafkaLibs: Object.values(KAFKA).map(kafkaLibs),
        images: imageStore(packages),
        coredns,
        localPathProvisioner,
        certManager,
        kubernetes,
    };
}

/** The artefacts that are still to be built. */
export async function missingArtifacts(): Promise<Artifact[]> {
    const all = Object.values(await artifacts()).flat() as Artifact[];
    return all.filter((artifact) => !isBuilt(artifact));
}

/**
 * A task for each artefact. One after the other: a Go build keeps all cores busy, and what fails
 * quickly comes first.
 */
export function buildTasks(missing: readonly Artifact[]): ListrTask[] {
    return missing.map((artifact) => ({
        title: `Build ${artifact.title}`,
        task: (_, task) =>
            build(artifact, (message) => {
                task.output = message;
            }),
    }));
}
