import { readStackConfig } from "../config/stackFile";
import { toYamlStream, writeObjects } from "./files";
import type { RenderRequest } from "./options";
import { renderStack } from "./renderStack";

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
    const config = readStackConfig(stackDirectory, stack, request.config);
    const objects = await renderStack({ stack, config, showSecrets });
    if (out === "-") {
        return { stdout: toYamlStream(objects), stderr: "" };
    }
    writeObjects(out, objects);
    return { stdout: "", stderr: `${objects.length} objects of stack ${stack} in ${out}\n` };
}
