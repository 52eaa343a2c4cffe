import { stringify } from "yaml";
import { readKnownStackConfig } from "../cli/stackFile";
import { fileName, kustomization, toYaml, toYamlStream, writeRendering } from "./files";
import { forGitops } from "./gitops";
import {
    crdCommands,
    helmCommands,
    type HelmForm,
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
    const all = forGitops(objects, config);
    const staged = all.filter(({ object }) => !isNotApplicable(object));
    const written = staged.filter(({ object }) => !holdsUnknown(object));
    const unfinished = staged.filter(({ object }) => holdsUnknown(object));
    const notes = [
        ...releases.flatMap((release) => releaseNotes(release, request)),
        ...all
            .filter(({ object }) => isNotApplicable(object))
            .map(({ object }) => `left out: ${needOf(object)}`),
        ...unfinished.map(({ object }) => {
            const title = `${object.kind} ${object.metadata?.name}`;
            const where = out === "-" ? "" : `, in ${out}/${BY_HAND}/${fileName(object)}`;
            return `left out: ${title}, which holds what only the cloud knows${where}`;
        }),
        ...(others > 0 ? [`left out: ${others} resources that only pulumi up makes`] : []),
    ];
    if (out === "-") {
        return {
            stdout: toYamlStream(written.map(({ object }) => object)),
            stderr: linesOf(notes),
        };
    }
    writeRendering(out, filesOf(written, unfinished, releases, helm));
    const count = `${written.length} objects of stack ${stack} in ${out}`;
    return { stdout: "", stderr: linesOf([...notes, count]) };
}

/** What to do about a release before the objects are applied. */
function releaseNotes(release: HelmRelease, { out, helm }: Request): string[] {
    const directory = out === "-" ? "DIRECTORY" : out;
    const commands = helm === "commands" ? helmCommands(release, directory) : crdCommands(release);
    const notes = commands.map((command) => `first: ${command}`);
    return holdsUnknown(release.values)
        ? [
              ...notes,
              `fill in what only the cloud knows: the values of Helm release ${release.name}`,
          ]
        : notes;
}

/** All files of a rendering, by path. */
function filesOf(
    written: readonly StagedObject[],
    unfinished: readonly StagedObject[],
    releases: readonly HelmRelease[],
    helm: HelmForm,
): Map<string, string> {
    const files = new Map<string, string>();
    const stages = STAGES.filter((stage) => written.some((each) => each.stage === stage));
    files.set("kustomization.yaml", kustomization(stages));
    for (const stage of stages) {
        const objects = written.filter((each) => each.stage === stage).map(({ object }) => object);
        addFolder(files, stage, objects);
    }
    unfinished.forEach(({ object }) => files.set(`${BY_HAND}/${fileName(object)}`, toYaml(object)));
    if (helm === "commands") {
        releases.forEach((release) => files.set(valuesFile(release), stringify(release.values)));
    } else if (releases.length > 0) {
        const objects = releases.flatMap((release) => releaseObjects(release, helm));
        addFolder(files, OPERATORS, objects);
    }
    return files;
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
