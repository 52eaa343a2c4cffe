import { run } from "../run";

/** Copies the artefacts that a pom.xml names, with all that they need to run, into a folder. */
export async function copyDependencies(
    pom: string,
    folder: string,
    properties: Readonly<Record<string, string>>,
): Promise<void> {
    await run("mvn", [
        "--batch-mode",
        "--quiet",
        "--file",
        pom,
        "dependency:copy-dependencies",
        "-DincludeScope=runtime",
        `-DoutputDirectory=${folder}`,
        ...Object.entries(properties).map(([name, value]) => `-D${name}=${value}`),
    ]);
}
