// Before anything is painted: whether the address asks something, so that the page is laid out for an answer from the start.

if (/[#?&]q=[^&]/.test(window.location.href)) document.body.dataset.search = 'busy';
