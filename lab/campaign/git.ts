import { execFileSync } from "node:child_process";

/** The commit that is checked out. */
export function headCommit(root: string): string {
    return git(root, ["rev-parse", "HEAD"]).trim();
}

/** Files below some paths or patterns that are not as the commit has them, new ones included. */
export function uncommitted(root: string, paths: readonly string[]): string[] {
    // As in a shell, `*` ends at the next slash.
    const patterns = paths.map((path) => `:(glob)${path}`);
    const lines = git(root, ["status", "--porcelain", "--untracked-files=all", "--", ...patterns]);
    return lines
        .split("\n")
        .filter(Boolean)
        .map((line) => line.slice(3));
}

function git(root: string, args: readonly string[]): string {
    return execFileSync("git", [...args], {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
    });
}
