/** Whether stdout shows colours; the variable is that of https://no-color.org. */
export function hasColors(): boolean {
    return process.stdout.isTTY === true && !process.env.NO_COLOR && process.stdout.hasColors();
}
