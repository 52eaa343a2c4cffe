import { stringify } from "yaml";
import { readKnownStackConfig } from "../cli/stackFile";
import { userPath } from "../cli/userPath";
import { fileName, kustomization, toYaml, toYamlStream, writeRendering } from "./files";
import { forGitops } from "./gitops";
import {
    crdCommands,
    helmCommands,
    type HelmRelease,
    releaseObjects,
    valuesFile,
} from "./helmReleases";
import type { RenderRequest } from "./options";
import { renderStack } from "./renderStack";
import { isNotApplicable, needOf } from "./secrets";
import { STAGES, type StagedObject } from "./stages";
import { holdsUnknown } from "./unknown";

/** What a rendering prints. */
export interface Printed {
    readonly stdout: string;
    readonly stderr: string;
}

type Request = Extract<RenderRequest, { action: "render" }>;

/** Folder of what a GitOps tool makes Helm releases of. They come first, so they are an application of their own. */
const OPERATORS = "operators";
/** Folder of objects with values that only a cloud knows. */
const BY_HAND = "by-hand";

/**
 * Renders a stack as the command line asks for. Nothing is written unless all objects are known.
 *
 * @param stackDirectory Directory of the stack files.
 */
export async function runRender(request: Request, stackDirectory: string): Promise<Printed> {
    const { stack, out, showSecrets, helm } = request;
    // What is not written need not be known.
    const values = readKnownStackConfig(stackDirectory, stack, request.config, {
        standIns: !showSecrets,
    });
    const { objects, releases, others, config } = await renderStack({
        stack,
        config: values,
        showSecrets,
    });
    const staged = forGitops(objects, config);
    const secrets = staged.map(({ object }) => object).filter(isNotApplicable);
    const known = staged.filter(({ object }) => !isNotApplicable(object) && !holdsUnknown(object));
    const operators = releases.flatMap((release) => releaseObjects(release, helm));
    const byHand = [...staged.map(({ object }) => object), ...operators].filter(
        (object) => !isNotApplicable(object) && holdsUnknown(object),
    );
    const notes = [
        ...releases.flatMap((release) => releaseNotes(release, request)),
        ...secrets.map((secret) => `left out: ${needOf(secret)}`),
        ...byHand.map((object) => {
            const where = out === "-" ? "" : `, in ${out}/${BY_HAND}/${fileName(object)}`;
            return `left out: ${object.kind} ${object.metadata?.name}, which holds what only the cloud knows${where}`;
        }),
        ...(others > 0 ? [`left out: ${others} resources that only pulumi up makes`] : []),
    ];
    if (out === "-") {
        return {
            stdout: toYamlStream(known.map(({ object }) => object)),
            stderr: linesOf(notes),
        };
    }
    const files = new Map<string, string>();
    addStages(files, known);
    const ready = operators.filter((object) => !holdsUnknown(object));
    if (ready.length > 0) {
        addFolder(files, OPERATORS, ready);
    }
    byHand.forEach((object) => files.set(`${BY_HAND}/${fileName(object)}`, toYaml(object)));
    if (helm === "commands") {
        releases.forEach((release) => files.set(valuesFile(release), stringify(release.values)));
    }
    writeRendering(userPath(out), files);
    const count = `${known.length} objects of stack ${stack} in ${out}`;
    return { stdout: "", stderr: linesOf([...notes, count]) };
}

/** What to do about a release before the objects are applied. */
function releaseNotes(release: HelmRelease, { out, helm }: Request): string[] {
    const directory = out === "-" ? "DIRECTORY" : out;
    if (helm !== "commands") {
        return crdCommands(release).map(first);
    }
    const notes = helmCommands(release, directory).map(first);
    return holdsUnknown(release.values)
        ? [`fill in what only the cloud knows: ${directory}/${valuesFile(release)}`, ...notes]
        : notes;
}

function first(command: string): string {
    return `first: ${command}`;
}

/** A folder for each stage that has objects, and the file that names them. */
function addStages(files: Map<string, string>, objects: readonly StagedObject[]): void {
    const stages = STAGES.filter((stage) => objects.some((each) => each.stage === stage));
    files.set("kustomization.yaml", kustomization(stages));
    for (const stage of stages) {
        const own = objects.filter((each) => each.stage === stage);
        addFolder(
            files,
            stage,
            own.map(({ object }) => object),
        );
    }
}

function addFolder(
    files: Map<string, string>,
    folder: string,
    objects: readonly StagedObject["object"][],
): void {
    objects.forEach((object) => files.set(`${folder}/${fileName(object)}`, toYaml(object)));
    files.set(`${folder}/kustomization.yaml`, kustomization(objects.map(fileName)));
}

function linesOf(lines: readonly string[]): string {
    return lines.map((line) => `${line}\n`).join("");
}
