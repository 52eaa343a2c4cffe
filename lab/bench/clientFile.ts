import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderProperties } from "../../components/kubernetes/files";
import { type ClientAccess, clientProperties } from "./clientAccess";

/**
 * Writes the properties of a Java client for as long as they are used. A password may be in them, which everybody could
 * read on a command line, so the file is its owner's only.
 */
export async function withClientFile<T>(
    directory: string,
    access: ClientAccess,
    use: (file: string) => Promise<T>,
): Promise<T> {
    const own = mkdtempSync(join(directory, "client-"));
    try {
        const file = join(own, "client.properties");
        writeFileSync(file, renderProperties(clientProperties(access)), { mode: 0o600 });
        return await use(file);
    } finally {
        rmSync(own, { recursive: true });
    }
}
