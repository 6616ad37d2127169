/* The reader's choice of colours and text size, before anything is drawn, so that nothing flashes or moves. */
if (location.protocol.startsWith("http")) document.documentElement.dataset.scripts = "";
for (const name of ["theme", "size"]) {
  try {
    const value = localStorage.getItem(`copydesk:${name}`);
    if (value) document.documentElement.dataset[name] = value;
  } catch { /* a browser that keeps nothing shows the page as the system wants it */ }
}
