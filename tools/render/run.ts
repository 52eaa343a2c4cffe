import { readStackConfig } from "../cli/stackFile";
import { toYamlStream, writeObjects } from "./files";
import type { RenderRequest } from "./options";
import { renderStack } from "./renderStack";
import { creationOf, isNotApplicable } from "./secrets";

/** What a rendering prints. */
export interface Printed {
    readonly stdout: string;
    readonly stderr: string;
}

/**
 * Renders a stack as the command line asks for. Nothing is written unless all objects are known.
 *
 * @param stackDirectory Directory of the stack files.
 */
export async function runRender(
    request: Extract<RenderRequest, { action: "render" }>,
    stackDirectory: string,
): Promise<Printed> {
    const { stack, out, showSecrets } = request;
    // What is not written need not be known.
    const config = readStackConfig(stackDirectory, stack, request.config, {
        standIns: !showSecrets,
    });
    const rendered = await renderStack({ stack, config, showSecrets });
    const objects = rendered.filter((object) => !isNotApplicable(object));
    const leftOut = rendered
        .filter(isNotApplicable)
        .map((secret) => `left out, make it by hand: ${creationOf(secret)}\n`)
        .join("");
    if (out === "-") {
        return { stdout: toYamlStream(objects), stderr: leftOut };
    }
    writeObjects(out, objects);
    return {
        stdout: "",
        stderr: `${leftOut}${objects.length} objects of stack ${stack} in ${out}\n`,
    };
}
